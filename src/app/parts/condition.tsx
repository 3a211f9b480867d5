import type { Condition } from '../../contract/statuses.ts';
import { Text, type Words } from '../words.tsx';
import { Icon } from './icon.tsx';

/** A condition is always icon, word and colour together; `isStale` takes the colour away, never the word. */
export function ConditionBadge({ words, condition, isStale = false }: { words: Words; condition: Condition; isStale?: boolean }) {
  return (
    <span class={isStale ? 'badge stale' : `badge ${condition}`}>
      <Icon name={condition} />
      <span>
        <Text words={words} k={`condition.${condition}`} />
      </span>
    </span>
  );
}
