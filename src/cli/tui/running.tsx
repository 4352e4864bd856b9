import { Box } from 'ink';
import { useSyncExternalStore } from 'react';
import { Bar } from './bar.tsx';
import { Lines } from './lines.tsx';
import { usePaint } from './paint-context.ts';
import { type ProgressFeed, progressLines } from './progress.ts';

interface RunningProps {
  readonly feed: ProgressFeed;
}

/** What is seen while the traffic is replayed. */
export function Running({ feed }: RunningProps) {
  const paint = usePaint();
  const progress = useSyncExternalStore(feed.subscribe, feed.last);
  return (
    <>
      <Bar left={paint.strong('ratelimit compare')} right="" />
      <Lines lines={progress ? progressLines(progress) : ['', 'starting…']} />
      <Box flexGrow={1} />
      <Bar left={paint.faint('q or Ctrl-C stops and shows what is done')} right="" />
    </>
  );
}
