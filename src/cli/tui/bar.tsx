import { Box, Text } from 'ink';

interface BarProps {
  readonly left: string;
  /** Stands at the right edge, and stays whole when the left text must be cut. */
  readonly right: string;
}

/** A line with something at either end. */
export function Bar({ left, right }: BarProps) {
  return (
    <Box flexShrink={0} height={1} justifyContent="space-between">
      <Box flexShrink={1}>
        <Text wrap="truncate">{left}</Text>
      </Box>
      <Box flexShrink={0} marginLeft={1}>
        <Text>{right}</Text>
      </Box>
    </Box>
  );
}
