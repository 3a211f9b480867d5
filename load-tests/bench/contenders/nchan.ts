import { chmodSync, writeFileSync } from 'node:fs';
import { findFreePort } from '../../processes/free-port.ts';
import { findNginx } from '../rivals/nchan/install.ts';
import { makeNginxConf } from '../rivals/nchan/nginx-conf.ts';
import { type Contender, Stack } from './contender.ts';
import { makeWorld } from './made-up-world.ts';

/** A publish/subscribe server in C. It validates nothing, stores no board and knows no members; it is here for its speed. */
export const nchan: Contender = {
  name: 'nchan',
  dialect: 'nchan',
  async start(dir, shape) {
    const { nginx, module } = findNginx();
    // Its workers give up root, and still write their temporary files.
    chmodSync(dir, 0o777);
    const stack = new Stack(dir);
    await stack.startRedis();
    const port = await findFreePort();
    writeFileSync(`${dir}/nginx.conf`, makeNginxConf({ dir, modulePath: module, port, redisPort: stack.redisPort }));
    await stack.startProgram('nginx', nginx, ['-c', `${dir}/nginx.conf`, '-p', dir, '-e', `${dir}/nginx-error.log`], port);
    return stack.running(makeWorld(shape), port, port);
  },
};
