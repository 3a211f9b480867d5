import { fileURLToPath } from 'node:url';

/** An absolute path inside this clone, whatever the current directory is. */
export function fromRoot(path) {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}
