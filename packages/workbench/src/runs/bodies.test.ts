import { expect, it, vi } from 'vitest';
import { createBodies } from './bodies.ts';

const bytes = (length: number) => new Uint8Array(length);

it('lets the oldest bodies go when they are too many bytes, and never the newest', () => {
  const bodies = createBodies({ mostBytes: 10 });
  const first = bodies.keep(bytes(6));
  const second = bodies.keep(bytes(4));
  expect(bodies.read(first).byteLength).toBe(6);
  const third = bodies.keep(bytes(20));
  expect(() => bodies.read(first)).toThrow('Send the request again');
  expect(() => bodies.read(second)).toThrow('Send the request again');
  expect(bodies.read(third).byteLength).toBe(20);
});

it('lets a body go when its time is over', () => {
  vi.useFakeTimers();
  try {
    const bodies = createBodies({ lifetime: 1000 });
    const id = bodies.keep(bytes(6));
    vi.advanceTimersByTime(999);
    expect(bodies.read(id).byteLength).toBe(6);
    vi.advanceTimersByTime(1);
    expect(() => bodies.read(id)).toThrow('no longer has the body');
  } finally {
    vi.useRealTimers();
  }
});
