/** A row of the table that Buji is measured for alone. */
export type Row = (isQuick: boolean) => Promise<{ text: string; data: object }>;

export const ROWS: Record<string, Row> = {};
