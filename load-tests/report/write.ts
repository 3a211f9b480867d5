import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Results } from '../verdict/results.ts';
import type { Verdict } from '../verdict/verdict.ts';
import { writePage } from './page.ts';
import { writeText } from './text.ts';

/** Text on the terminal and in `report.txt`, everything in `report.json`, and the page in `report.html`. */
export function writeReports(folder: string, results: Results, verdict: Verdict): void {
  const text = writeText(results, verdict);
  writeFileSync(join(folder, 'report.txt'), text);
  writeFileSync(join(folder, 'report.json'), JSON.stringify({ verdict, ...results }, null, 1));
  writeFileSync(join(folder, 'report.html'), writePage(results, verdict));
  console.log(text);
  console.log(`buji: the report is ${join(folder, 'report.html')}`);
}
