import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeTempDir } from '../../src/testing/temp-dir.ts';
import { readReceipts } from './receipts.ts';

const ID = '01900000-0000-7000-8000-000000000001';
const AUTHOR = '01900000-0000-7000-8000-00000000000a';
const CIRCLES = ['01900000-0000-7000-8000-00000000000c', '01900000-0000-7000-8000-00000000000d'];
const [WRITTEN, ACCEPTED] = ['2026-03-11T05:46:18.000Z', '2026-03-11T05:46:18.012Z'];

it('reads each receipt once, and passes over what else k6 printed', () => {
  const path = join(makeTempDir(), 'console.log');
  const line = `${ID} ${AUTHOR} ${WRITTEN} ${ACCEPTED} ${CIRCLES.join(',')}`;
  const half = line.slice(0, 60);
  writeFileSync(path, ['started 1', line, `seen ${AUTHOR} ${CIRCLES[0]} ${ID}`, line, half].join('\n'));
  expect(readReceipts(path)).toEqual([{ id: ID, author: AUTHOR, writtenAt: WRITTEN, acceptedAt: ACCEPTED, circles: CIRCLES }]);
});
