import { describe, expect, it } from 'vitest';
import { drawQr } from './qr.ts';

describe('drawQr', () => {
  it('is a drawing without anything that a CSP would refuse', async () => {
    const svg = await drawQr('https://buji.example/join/abcdefghijklmnopqrstuv');
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect(svg).not.toMatch(/style=|<script|href|on\w+=/);
  });
});
