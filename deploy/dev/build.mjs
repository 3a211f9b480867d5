import { createBuilder } from 'vite';

/** Files are saved in bursts, and several builds see most changes: one restart for all of them. */
const settleMs = 150;

/**
 * Builds everything again on every change. `onBuilt` is called once all of it has been built, and after every burst of changes
 * that ended without an error.
 */
export async function watchBuild({ onBuilt, onError }) {
  const builder = await createBuilder({
    configFile: '.config/vite.config.ts',
    logLevel: 'silent', // errors come as events
    // Nothing is emptied: a build of the phone app alone would take its service worker away, which lies in the same folder.
    plugins: [{ name: 'watch', configEnvironment: () => ({ build: { watch: {}, emptyOutDir: false } }) }],
  });
  const environments = Object.values(builder.environments);
  const states = new Map();
  let settled;

  function onEvent(environment, event) {
    if (event.code === 'START') states.set(environment, 'building');
    if (event.code === 'END' && states.get(environment) === 'building') states.set(environment, 'built');
    if (event.code === 'ERROR') {
      states.set(environment, 'failed');
      onError(event.error.message);
    }
    clearTimeout(settled);
    if (environments.every((each) => states.get(each) === 'built')) settled = setTimeout(onBuilt, settleMs);
  }

  console.log('buji: building; every change builds again and restarts the service');
  const watchers = [];
  for (const environment of environments) {
    const watcher = await builder.build(environment);
    watcher.on('event', (event) => onEvent(environment, event));
    watchers.push(watcher);
  }
  return {
    close: () => {
      clearTimeout(settled);
      return Promise.all(watchers.map((watcher) => watcher.close()));
    },
  };
}
