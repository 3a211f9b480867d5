import { defineConfig } from 'vite';

/**
 * One build, two outputs: `client` is the phone app (hashed assets, a manifest, the service worker at a fixed name),
 * `ssr` is the server bundle. `vite build --app` makes both; packages stay outside of the server bundle.
 */
export default defineConfig({
  root: `${import.meta.dirname}/..`,
  publicDir: 'src/app/public',
  appType: 'custom',
  builder: {},
  environments: {
    client: {
      build: {
        outDir: 'dist/app',
        manifest: true,
        emptyOutDir: true,
        modulePreload: false,
        target: 'es2020',
        rolldownOptions: {
          input: { app: 'src/app/browser/main.ts', sw: 'src/app/service-worker/main.ts' },
          output: {
            entryFileNames: (chunk) => (chunk.name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'),
            assetFileNames: 'assets/[name]-[hash][extname]',
          },
        },
      },
    },
    ssr: {
      build: {
        outDir: 'dist/server',
        emptyOutDir: true,
        target: 'node20',
        sourcemap: true,
        rolldownOptions: { input: { main: 'src/main.ts', seed: 'src/dev/seed.ts' }, output: { entryFileNames: '[name].js' } },
      },
    },
  },
});
