import { describe, expect, it } from 'vitest';
import { makeRecord } from '../testing/store-world.ts';
import { showStatus } from './shown-status.ts';

describe('showStatus', () => {
  it('shows a place to the circles that it was meant for and to no other', () => {
    const record = makeRecord('kai', ['family', 'work'], { place: 'Sendai', placeCircles: ['family'] });
    expect(showStatus(record, 'family')).toHaveProperty('place', 'Sendai');
    expect(showStatus(record, 'work')).not.toHaveProperty('place');
    expect(showStatus({ ...record, placeCircles: [] }, 'family')).not.toHaveProperty('place');
  });

  it('shows no place when nothing says whom it was meant for', () => {
    const { placeCircles: _, ...record } = makeRecord('kai', ['family'], { place: 'Sendai', placeCircles: ['family'] });
    expect(showStatus(record, 'family')).not.toHaveProperty('place');
  });

  it('names neither the other circles nor the person', () => {
    const record = makeRecord('kai', ['family', 'work'], { note: 'gym', place: 'Sendai', placeCircles: ['family'] });
    const { id, condition, note, writtenAt, acceptedAt } = record;
    expect(showStatus(record, 'work')).toEqual({ id, condition, note, writtenAt, acceptedAt });
  });
});
