/**
 * A text of a catalogue: plain, or one form per plural category (CLDR) chosen by the parameter `count`. `{name}` is a
 * placeholder; `漢字《かんじ》` is ruby: the reading stands in 《》 right behind its kanji (the notation of Aozora Bunko),
 * and `｜` marks where the base begins when it is more than the kanji before it.
 */
export type Message = string | PluralMessage;
export interface PluralMessage {
  readonly one?: string;
  readonly other: string;
}

/** A piece of a formatted text: letters, or a base with its reading above it. */
export type Part = string | { base: string; reading: string };

/** A text put into another may bring its own readings. */
export type Param = string | number | readonly Part[];
export type Params = Readonly<Record<string, Param>>;

/** The names of the placeholders in a message, as a type: a forgotten parameter does not compile. */
export type Placeholders<M> = M extends string
  ? M extends `${string}{${infer Name}}${infer Rest}`
    ? Name | Placeholders<Rest>
    : never
  : M extends PluralMessage
    ? Placeholders<NonNullable<M[keyof M]>>
    : never;

const PIECE = /\{(\w+)\}|｜?([^｜《{}]*?)(\p{Script=Han}*[々ヶ]?\p{Script=Han}*)《([^》]*)》/gu;

/**
 * Fills a message. Parameters are put in after the message was read, so that nothing a person wrote is taken for ruby or
 * for a placeholder. `language` is a BCP 47 tag. A parameter that is missing stays visible as `{name}`.
 */
export function formatParts(language: string, message: Message, params: Params = {}): Part[] {
  const template = typeof message === 'string' ? message : choosePlural(language, message, params['count']);
  const parts: Part[] = [];
  let end = 0;
  for (const match of template.matchAll(PIECE)) {
    const [whole, name, before, kanji, reading] = match;
    parts.push(template.slice(end, match.index));
    end = match.index + whole.length;
    const param = params[name ?? ''];
    if (name !== undefined) parts.push(...(typeof param === 'object' ? param : [String(param ?? whole)]));
    else if (whole.startsWith('｜')) parts.push({ base: `${before}${kanji}`, reading: reading ?? '' });
    else parts.push(before ?? '', { base: kanji ?? '', reading: reading ?? '' });
  }
  parts.push(template.slice(end));
  return joinLetters(parts);
}

/** The same as one line of plain text, for alerts and titles: a reading follows in brackets. */
export function formatText(language: string, message: Message, params: Params = {}): string {
  return formatParts(language, message, params)
    .map((part) => (typeof part === 'string' ? part : `${part.base}(${part.reading})`))
    .join('');
}

/** The same for who listens: a voice reads the kanji by itself, and would read what is in the brackets as a second word. */
export function formatSpoken(language: string, message: Message, params: Params = {}): string {
  return formatParts(language, message, params)
    .map((part) => (typeof part === 'string' ? part : part.base))
    .join('');
}

function choosePlural(language: string, message: PluralMessage, count: Param | undefined): string {
  const category = rulesOf(language).select(Number(count));
  return (category === 'one' && message.one) || message.other;
}

/** Making the rules takes longer than writing a whole alert; there is one set for each language of the catalogues. */
const rules = new Map<string, Intl.PluralRules>();

function rulesOf(language: string): Intl.PluralRules {
  const known = rules.get(language);
  if (known) return known;
  const made = new Intl.PluralRules(language);
  rules.set(language, made);
  return made;
}

function joinLetters(parts: Part[]): Part[] {
  const joined: Part[] = [];
  for (const part of parts) {
    const last = joined[joined.length - 1];
    if (part === '') continue;
    if (typeof part === 'string' && typeof last === 'string') joined[joined.length - 1] = last + part;
    else joined.push(part);
  }
  return joined;
}
