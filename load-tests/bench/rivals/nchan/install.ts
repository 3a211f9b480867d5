import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';

const SYSTEM = { nginx: '/usr/sbin/nginx', module: '/usr/lib/nginx/modules/ngx_nchan_module.so' };
/** Kept out of git. */
const own = new URL('../../../../.cache/nginx/', import.meta.url).pathname;

/**
 * The system's nginx with nchan, or Debian's packages unpacked into `.cache`: unpacked and not installed, because the package
 * `nginx` starts and enables a service of its own.
 * @throws {Error} one line, where neither is to be had
 */
export function findNginx(): { nginx: string; module: string } {
  // nchan asks for nginx' own temporary folder whatever its configuration says; without it nginx does not start.
  mkdirSync('/var/lib/nginx', { recursive: true });
  if (existsSync(SYSTEM.nginx) && existsSync(SYSTEM.module)) return SYSTEM;
  const unpacked = { nginx: `${own}root${SYSTEM.nginx}`, module: `${own}root${SYSTEM.module}` };
  if (existsSync(unpacked.nginx) && existsSync(unpacked.module)) return unpacked;
  if (spawnSync('apt-get', ['--version']).status !== 0) throw new Error('nchan needs Debian: nginx with libnginx-mod-nchan');
  console.log('buji: nginx with nchan is missing: unpacking Debian packages into .cache/nginx');
  mkdirSync(own, { recursive: true });
  execFileSync('apt-get', ['download', 'nginx', 'libnginx-mod-nchan'], { cwd: own, stdio: 'ignore' });
  for (const file of readdirSync(own).filter((name) => name.endsWith('.deb'))) {
    execFileSync('dpkg-deb', ['-x', file, 'root'], { cwd: own });
  }
  if (!existsSync(unpacked.module)) throw new Error('could not unpack nginx with nchan');
  return unpacked;
}
