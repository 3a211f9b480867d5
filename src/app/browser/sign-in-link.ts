/**
 * The recovery code of a sign-in link, `/recover#code=…`, or null. It stands behind the `#`, which no browser sends: neither
 * the service nor a proxy's log ever sees it.
 */
export function codeInHash(hash: string): string | null {
  return new URLSearchParams(hash.replace(/^#/, '')).get('code') || null;
}

/**
 * Types the code of a sign-in link for the person, and takes it out of the address bar and the history. The button is still
 * theirs to press: a code works once, and opening a link must not use it up.
 */
export function prefillCode(doc: Document): void {
  const field = doc.querySelector('input[name=recoveryCode]');
  const code = codeInHash(location.hash);
  if (!(field instanceof HTMLInputElement) || code === null) return;
  field.value = code;
  history.replaceState(history.state, '', location.pathname + location.search);
}
