/** Where a phone keeps its pages in tests. */
export const ORIGIN = 'https://buji.example';

/** As much of the browser's caches as is used here, over plain maps; a deleted cache that is still held keeps to itself. */
export function makeCaches() {
  const kept = new Map<string, Map<string, Response>>();
  const pathOf = (request: string | Request) => new URL(typeof request === 'string' ? request : request.url, ORIGIN).pathname;
  const openCache = (entries: Map<string, Response>) => ({
    match: async (request: string | Request) => entries.get(pathOf(request))?.clone(),
    put: async (request: string | Request, response: Response) => void entries.set(pathOf(request), response),
    add: async (path: string) => void entries.set(path, await fetch(path)),
    delete: async (request: string | Request) => entries.delete(pathOf(request)),
    keys: async () => [...entries.keys()].map((path) => new Request(ORIGIN + path)),
  });
  const store = {
    async open(name: string) {
      const entries = kept.get(name) ?? new Map<string, Response>();
      kept.set(name, entries);
      return openCache(entries);
    },
    delete: async (name: string) => kept.delete(name),
    match: async (path: string) =>
      [...kept.values()]
        .find((entries) => entries.has(path))
        ?.get(path)
        ?.clone(),
  } as unknown as CacheStorage;
  return { store, paths: (name: string) => [...(kept.get(name)?.keys() ?? [])].toSorted() };
}

/**
 * A page as a browser gets it from the service: of its own origin, for only such answers are kept.
 * @param data what it hands to its script, above all for whom it is
 */
export function makePage(data: object, { text = '', status = 200 } = {}): Response {
  const html = `<body><div id="board">${text}</div><script type="application/json" id="page-data">${JSON.stringify(data)}</script>`;
  const response = new Response(html, { status, headers: { 'content-security-policy': "default-src 'self'" } });
  Object.defineProperty(response, 'type', { value: 'basic' });
  response.clone = () => makePage(data, { text, status });
  return response;
}
