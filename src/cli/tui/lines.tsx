import { Box, Text } from 'ink';

interface LinesProps {
  readonly lines: readonly string[];
  /** Lines that are taken in any case; what does not fit is cut. */
  readonly height?: number;
}

/** Lines that are laid out already: each stays one line, and is cut at the edge of the screen. */
export function Lines({ lines, height = lines.length }: LinesProps) {
  return (
    <Box flexDirection="column" height={height} flexShrink={0} overflow="hidden">
      {lines.slice(0, height).map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place
        <Text key={at} wrap="truncate">
          {line || ' '}
        </Text>
      ))}
    </Box>
  );
}
