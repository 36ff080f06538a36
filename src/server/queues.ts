/** Work that goes on after an answer was given: in order within one place, side by side between places. */
export interface Queues {
  readonly add: (place: string, work: () => Promise<void>) => void;
  /** When all work of a place, or of all places, that was added before is done. Never fails. */
  readonly drained: (place?: string) => Promise<void>;
}

/** An agent's next call is answered first: work waits so long before it begins, in milliseconds. */
const restMs = 20;

interface Queue {
  /** Begins the work that waits, at once. */
  begin: () => void;
  done: Promise<void>;
}

/** Empty queues. What fails is dropped: records that could not be written are missed later, and told then. */
export function queues(): Queues {
  const waiting = new Map<string, Queue>();
  function drain(queue: Queue | undefined): Promise<void> {
    queue?.begin();
    return queue?.done ?? Promise.resolve();
  }
  return {
    add(place, work) {
      const before = waiting.get(place);
      let begin = (): void => undefined;
      const rested = new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, restMs);
        begin = (): void => {
          clearTimeout(timer);
          before?.begin();
          resolve();
        };
      });
      const done = Promise.all([before?.done, rested])
        .then(work)
        .catch(() => undefined);
      const queue = { begin, done };
      waiting.set(place, queue);
      void done.then(() => {
        if (waiting.get(place) === queue) waiting.delete(place);
      });
    },
    async drained(place) {
      if (place === undefined) await Promise.all(Array.from(waiting.values(), drain));
      else await drain(waiting.get(place));
    },
  };
}
