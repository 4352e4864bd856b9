import { plain, plainPair, usualNames, words } from './names.ts';

const levels = words('level severity loglevel lvl levelname');
const messages = words('msg message content');
/** What a line has that tells a request, although it may be called otherwise than what we take. */
const ofRequests = new Set([
  ...words('method verb path url uri requesturi status statuscode responsecode httpstatus route'),
  ...usualNames.method,
  ...usualNames.duration,
  ...usualNames.cost,
  ...usualNames.key.filter((name) => name !== 'caller'), // the place in the source, as Go's loggers call it
]);

/** Whether fields are those of what a program tells of itself: a level and a message, or a container's stream, and nothing of a request. */
export function areOfProgramLog(fields: readonly string[]): boolean {
  const names = fields.flatMap((field) => [plain(field), plainPair(field)]);
  const has = (wanted: readonly string[]) => names.some((name) => wanted.includes(name));
  const isJournal = fields.includes('__REALTIME_TIMESTAMP'); // of systemd, whose user ids are not those of clients
  const isOfContainer = fields.includes('log') && fields.includes('stream'); // as Docker keeps what a container wrote
  const isOfProgram = isOfContainer || (has(levels) && has(messages));
  return isJournal || (isOfProgram && !names.some((name) => ofRequests.has(name)));
}
