import assert from 'node:assert/strict';
import type { ProductPart } from './product.ts';

const stopsWithin = 15;

/** Asks a process to stop. Returns the seconds that it took. @throws AssertionError when it fails, or takes too long. */
export const stopGracefully = async ({ part }: ProductPart): Promise<number> => {
  const started = performance.now();
  const code = await part.end();
  const seconds = (performance.now() - started) / 1_000;
  assert.equal(code, 0, `${part.spec.name} ended with code ${code}`);
  assert.ok(seconds <= stopsWithin, `${part.spec.name} took ${seconds.toFixed(1)} s to stop`);
  return seconds;
};
