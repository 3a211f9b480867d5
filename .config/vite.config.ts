import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';
import { keepRelease, readRelease } from './previous-release.ts';

/**
 * Lays a `.gz` and a `.br` beside each text file of the phone app, once, here: the service sends them as they are, and a
 * network that drops three packets in four carries a third of the bytes.
 */
function precompress(): Plugin {
  return {
    name: 'precompress',
    apply: 'build',
    writeBundle({ dir = '' }, bundle) {
      for (const name of Object.keys(bundle).filter((file) => /\.(js|css)$/.test(file))) {
        const text = readFileSync(join(dir, name));
        writeFileSync(join(dir, `${name}.gz`), gzipSync(text, { level: 9 }));
        writeFileSync(join(dir, `${name}.br`), brotliCompressSync(text));
      }
    },
    applyToEnvironment: ({ name }) => name !== 'ssr',
  };
}

/**
 * The contract's modules hold schemas beside what the phone needs of them; a schema that nobody reads is left out, also one that
 * takes over the properties of another: no property of ours does anything by being read.
 */
const PURE_SCHEMAS = { manualPureFunctions: ['Type'], propertyReadSideEffects: false } as const;

/**
 * One build, three outputs: `client` is the phone app (hashed assets, a manifest), `serviceWorker` its service worker (one
 * plain script at a fixed address: not every browser takes modules there), `ssr` is the server bundle. `vite build --app` makes
 * them in this order; packages stay outside of the server bundle.
 */
export default defineConfig({
  root: `${import.meta.dirname}/..`,
  publicDir: 'src/app/public',
  appType: 'custom',
  plugins: [precompress()],
  builder: {
    buildApp: async (builder) => {
      const app = join(import.meta.dirname, '../dist/app');
      const former = readRelease(app);
      for (const environment of Object.values(builder.environments)) await builder.build(environment);
      keepRelease(app, former);
    },
  },
  environments: {
    client: {
      build: {
        outDir: 'dist/app',
        manifest: true,
        emptyOutDir: true,
        modulePreload: false,
        target: 'es2020',
        rolldownOptions: {
          input: { app: 'src/app/browser/main.ts' },
          output: { entryFileNames: 'assets/[name]-[hash].js', assetFileNames: 'assets/[name]-[hash][extname]' },
          treeshake: PURE_SCHEMAS,
        },
      },
    },
    serviceWorker: {
      consumer: 'client',
      build: {
        outDir: 'dist/app',
        emptyOutDir: false,
        copyPublicDir: false,
        target: 'es2020',
        rolldownOptions: {
          input: { sw: 'src/app/service-worker/main.ts' },
          output: { format: 'iife', entryFileNames: 'sw.js' },
          treeshake: PURE_SCHEMAS,
        },
      },
    },
    ssr: {
      build: {
        outDir: 'dist/server',
        copyPublicDir: false,
        emptyOutDir: true,
        target: 'node20',
        sourcemap: true,
        rolldownOptions: {
          input: {
            main: 'src/main.ts',
            demo: 'src/dev/demo.ts',
            trace: 'src/operator/trace.ts',
            'fill-store': 'src/operator/fill-store.ts',
          },
          // Beside the programs: what they share finds other files by where it lies, as they do.
          output: { entryFileNames: '[name].js', chunkFileNames: 'shared-[name].js' },
        },
      },
    },
  },
});
