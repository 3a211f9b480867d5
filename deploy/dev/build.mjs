import { createBuilder } from 'vite';

/** Files are saved in bursts, and both builds see most changes: one restart for all of them. */
const settleMs = 150;

/**
 * Builds the phone app and the server again on every change. `onBuilt` is called once both have been built, and after every
 * burst of changes that ended without an error.
 */
export async function watchBuild({ onBuilt, onError }) {
  const builder = await createBuilder({
    configFile: '.config/vite.config.ts',
    logLevel: 'silent', // errors come as events
    environments: { client: { build: { watch: {} } }, ssr: { build: { watch: {} } } },
  });
  const states = new Map();
  let settled;

  function onEvent(name, event) {
    if (event.code === 'START') states.set(name, 'building');
    if (event.code === 'ERROR') states.set(name, 'failed');
    if (event.code === 'ERROR') onError(event.error.message);
    if (event.code === 'END' && states.get(name) === 'building') states.set(name, 'built');
    clearTimeout(settled);
    const isBuilt = Object.keys(builder.environments).every((environment) => states.get(environment) === 'built');
    if (isBuilt) settled = setTimeout(onBuilt, settleMs);
  }

  console.log('buji: building; every change builds again and restarts the service');
  const watchers = [];
  for (const [name, environment] of Object.entries(builder.environments)) {
    const watcher = await builder.build(environment);
    watcher.on('event', (event) => onEvent(name, event));
    watchers.push(watcher);
  }
  return {
    close: () => {
      clearTimeout(settled);
      return Promise.all(watchers.map((watcher) => watcher.close()));
    },
  };
}
