import { beforeEach, describe, expect, it } from 'vitest';
import { createPageWorld, ID, type PageWorld } from '../../testing/page-world.ts';

let world: PageWorld;

beforeEach(async () => {
  world = await createPageWorld();
  return () => world.app.close();
});

describe('/erase', () => {
  it('says what it means, and erases nobody by looking or without the tick', async () => {
    expect((await world.get('/erase')).text).toContain('This cannot be undone');
    const { status, text } = await world.post('/erase', 'sure=');
    expect(status).toBe(400);
    expect(text).toContain('role="alert"');
    expect(world.calls.map(({ name }) => name)).not.toContain('erasePerson');
  });

  it('erases, and then says so, naming whom only to this phone', async () => {
    const answer = await world.post('/erase', 'sure=yes');
    expect(answer).toMatchObject({ status: 303, headers: { location: '/erased' } });
    expect(world.calls.map(({ name }) => name)).toContain('erasePerson');
    const handover = answer.cookies.find(({ name }) => name === 'handover');
    const { text } = await world.get('/erased', { signedIn: false, headers: { cookie: `handover=${handover?.value}` } });
    expect(text).toContain('You are erased');
    expect(text).toContain(`data-person="${ID.me}"`);
  });

  it("erases nobody by a form that stood on another person's page", async () => {
    expect((await world.get('/erase')).text).toContain(`name="person" value="${ID.me}"`);
    const { status, text } = await world.post('/erase', `sure=yes&person=${ID.mum}`);
    expect(status).toBe(401);
    expect(text).toContain('Ken is signed in on this phone now');
    expect(world.calls.map(({ name }) => name)).not.toContain('erasePerson');
    expect((await world.post('/erase', `sure=yes&person=${ID.me}`)).status).toBe(303);
  });

  it('is done for nobody who is signed in', async () => {
    expect(await world.get('/erased')).toMatchObject({ status: 303, headers: { location: '/' } });
    const { text } = await world.get('/erased', { signedIn: false, headers: { cookie: 'handover=IngiCg' } });
    expect(text).not.toContain('data-person');
  });
});
