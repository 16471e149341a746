/** WEFT_COUNT kills of a process that writes to a folder, at moments that WEFT_SEED fixes as far as it can. */
import { expect, test } from 'vitest';
import { createWorkshop, killAndLook } from '../contract/storage-kill.ts';

test('holds every acknowledged step and no half one, however often its process is killed', async () => {
  const count = Number(process.env['WEFT_COUNT']);
  const seed = Number(process.env['WEFT_SEED'] ?? 1);
  expect(count).toBeGreaterThan(0);
  console.log(`seed ${seed}, ${count} kills`);
  // a new folder now and then, since each look repeats the whole history
  for (let done = 0; done < count; done += 25) {
    const workshop = await createWorkshop();
    await killAndLook(workshop, Math.min(25, count - done), seed + done);
    await workshop.clean();
  }
});
