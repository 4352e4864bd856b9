import { FieldLines } from '../fieldlines.ts';
import type { FormatContext, TraceFormat, TraceParser } from '../format.ts';
import { rolesFor } from '../roles.ts';
import { clientFieldOf, forwarded, forwardedInFront } from './clfkey.ts';
import { ClfSplitter, type Front } from './clfsplitter.ts';
import { AmongOwnLines } from './ownlines.ts';
import { PickedLines } from './pickedlines.ts';

const about: Record<Front, string> = {
  '': 'client, time, request, status, bytes',
  vhost: 'the same with the virtual host in front, as Debian configures Apache',
  forwarded: 'the same with the client in front that a proxy passed on (X-Forwarded-For)',
  prefix: 'the same behind what docker compose or syslog wrote in front',
};
const titles: Record<Front, string> = {
  '': '',
  vhost: ' with virtual hosts',
  forwarded: ' with forwarded clients',
  prefix: ' behind a prefix',
};

function clf(name: string, combined: boolean, front: Front): TraceFormat {
  const title = `${combined ? 'Apache combined log' : 'Common log'}${titles[front]}`;
  return {
    name,
    title,
    about: `${combined ? 'Combined' : 'Common'} Log Format of Apache and nginx: ${about[front]}`,
    defaults: { time: 'time', key: front === 'forwarded' ? 'forwarded' : 'host' },
    open(context: FormatContext): TraceParser | undefined {
      const { lines } = context.sample;
      const isInFront = front === 'forwarded';
      if (isInFront && context.options.format !== name && !forwardedInFront(lines)) return undefined;
      const client = isInFront ? forwarded : clientFieldOf(lines);
      const where = isInFront ? 'front' : client === forwarded ? 'end' : undefined;
      const splitter = AmongOwnLines.of(new ClfSplitter(front, combined, where), lines);
      const roles = { time: ['time'], key: [client.key] };
      if (client.words.length === 0 || context.options.key !== undefined)
        return new FieldLines(title, splitter, rolesFor(roles, context), context);
      return new PickedLines(title, splitter, roles, context, client.words);
    },
  };
}

export const combined = clf('combined', true, '');
export const common = clf('common', false, '');
export const vhostCombined = clf('vhost-combined', true, 'vhost');
export const vhostCommon = clf('vhost-common', false, 'vhost');
export const forwardedCombined = clf('forwarded-combined', true, 'forwarded');
export const forwardedCommon = clf('forwarded-common', false, 'forwarded');
export const prefixedCombined = clf('prefixed-combined', true, 'prefix');
export const prefixedCommon = clf('prefixed-common', false, 'prefix');
