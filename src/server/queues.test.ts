import { expect, test } from 'vitest';
import { queues } from './queues.ts';

test('the work of one place is done in order, whatever each piece takes', async () => {
  const { add, drained } = queues();
  const seen: string[] = [];
  add('a', async () => {
    await Promise.resolve();
    await Promise.resolve();
    seen.push('first');
  });
  add('a', async () => {
    seen.push('second');
  });
  await drained('a');
  expect(seen).toEqual(['first', 'second']);
});

test('work that fails does not stop what comes after it', async () => {
  const { add, drained } = queues();
  const seen: string[] = [];
  add('a', () => Promise.reject(new Error('the disk is full')));
  add('a', async () => {
    seen.push('next');
  });
  await drained();
  expect(seen).toEqual(['next']);
});

test('waiting for one place does not wait for another', async () => {
  const { add, drained } = queues();
  const slow = Promise.withResolvers<void>();
  add('slow', () => slow.promise);
  add('quick', async () => undefined);
  await drained('quick');
  slow.resolve();
  await drained();
  await drained('nowhere');
});
