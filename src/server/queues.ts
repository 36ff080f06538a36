/** Work that goes on after an answer was given: in order within one place, side by side between places. */
export interface Queues {
  readonly add: (place: string, work: () => Promise<void>) => void;
  /** When all work of a place, or of all places, that was added before is done. Never fails. */
  readonly drained: (place?: string) => Promise<void>;
}

/** Empty queues. What fails is dropped: records that could not be written are missed later, and told then. */
export function queues(): Queues {
  const last = new Map<string, Promise<void>>();
  return {
    add(place, work) {
      const before = last.get(place) ?? Promise.resolve();
      const now = before.then(work).catch(() => undefined);
      last.set(place, now);
      void now.then(() => {
        if (last.get(place) === now) last.delete(place);
      });
    },
    async drained(place) {
      if (place !== undefined) await last.get(place);
      else await Promise.all(last.values());
    },
  };
}
