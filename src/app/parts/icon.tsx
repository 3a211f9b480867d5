import type { Condition } from '../../contract/statuses.ts';

export type IconName = Condition | 'silent' | 'home' | 'bell' | 'gear' | 'globe' | 'mark';

/** Drawn on 24×24 in the colour of the text around it: shapes that differ without colour, and in the dark. */
const SHAPES: Record<IconName, string> = {
  ok: 'M4 12.5l5.5 5.5L20.5 6.5',
  evacuated: 'M13 4h6v16h-6M3 12h11M10 7.5l4.5 4.5-4.5 4.5',
  hurt: 'M9 3.5h6v5.5h5.5v6H15v5.5H9V15H3.5V9H9z',
  help: 'M12 3L22 20.5H2zM12 9.5v5M12 17.6v.1',
  silent: 'M8 8.5a4 4 0 1 1 5.6 3.7c-1.2.6-1.6 1.3-1.6 2.8M12 18.9v.1',
  home: 'M3.5 11.5L12 4l8.5 7.5M6 10v10h12V10',
  bell: 'M6 17V11a6 6 0 0 1 12 0v6l1.5 1.5h-15zM10 21h4',
  gear: 'M4 7h9M17 7h3M4 17h3M11 17h9M15 4.8v4.4M9 14.8v4.4',
  globe: 'M3 12a9 9 0 1 0 18 0a9 9 0 1 0-18 0h18M12 3c-5 5.5-5 12.5 0 18c5-5.5 5-12.5 0-18',
  mark: 'M4 11.5a8 8 0 1 1 8 8M8 12l3.2 3.2L17 9',
};

/** An icon always stands beside its word, so screen readers skip it. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <use href={`#i-${name}`} />
    </svg>
  );
}

/** The shapes, once in a page; each `Icon` points to its own. */
export function IconShapes() {
  return (
    <svg class="shapes" aria-hidden="true" focusable="false">
      {Object.entries(SHAPES).map(([name, path]) => (
        <symbol id={`i-${name}`} viewBox="0 0 24 24">
          <path d={path} />
        </symbol>
      ))}
    </svg>
  );
}
