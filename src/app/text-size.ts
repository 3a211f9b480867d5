/** How large letters are, beside what the phone and its browser say. Kept by the browser, for eyes belong to who holds it. */
export const TEXT_SIZES = ['normal', 'large', 'largest'] as const;
export type TextSize = (typeof TEXT_SIZES)[number];

/** The cookie that keeps it. */
export const TEXT_SIZE_COOKIE = 'size';

/** Anybody can write anything into a cookie or a form. */
export function asTextSize(text: string | undefined): TextSize {
  return TEXT_SIZES.find((size) => size === text) ?? 'normal';
}
