/** Text that came from elsewhere: what could end a code span, a table cell or a line is left out. */
export function code(text: string): string {
  return `\`${text.replaceAll(/[`|\p{C}\p{Zl}\p{Zp}]/gu, '_')}\``;
}
