/** The endings of output files, by which a report is chosen; apart from the reports, since every help text lists them. */
export const endings = ['.json', '.csv', '.md', '.html', '.xml', '.sarif', '.prom', '.openmetrics'] as const;

export type Ending = (typeof endings)[number];

/** `.json, .csv, … or .openmetrics`. */
export const endingsInWords = `${endings.slice(0, -1).join(', ')} or ${endings.at(-1)}`;
