import { closeSync, fstatSync, openSync, readSync, constants } from 'node:fs';
import { asRecord, parseJson, type JsonRecord } from '../provenance/json.ts';
import { textOf } from '../capture/reading.ts';
import type { HookEvent } from '../suggestion/event.ts';

/** The end of a transcript that is searched for the model's name. */
const tailBytes = 256 * 2 ** 10;

/**
 * The model that answers in an event's session: as the event says, else as the agent's own transcript says. Only the
 * name is taken from it, and only from an ordinary file of this user.
 */
export function modelIn({ model, transcriptPath }: HookEvent): string | null {
  if (model !== null) return model.slice(0, 100);
  if (transcriptPath === null) return null;
  const lines = tailOf(transcriptPath).split('\n');
  for (const line of lines.toReversed()) {
    const name = line.includes('"model"') ? modelOf(asRecord(parseJson(line))) : null;
    if (name !== null) return name;
  }
  return null;
}

/** Where agents put it: on the record, on the message, or in what the record carries. */
function modelOf(record: JsonRecord | null): string | null {
  const places = [asRecord(record?.['message']), asRecord(record?.['payload']), record];
  for (const place of places) {
    const name = textOf(place?.['model']);
    if (name !== null && /^[\w./:@][\w./:@ -]{0,99}$/.test(name)) return name;
  }
  return null;
}

function tailOf(path: string): string {
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch {
    return ''; // not there, a link, or not ours to read
  }
  try {
    const stats = fstatSync(file);
    const own = process.getuid === undefined || stats.uid === process.getuid();
    if (!stats.isFile() || !own) return '';
    const bytes = Buffer.alloc(Math.min(stats.size, tailBytes));
    const read = readSync(file, bytes, 0, bytes.length, stats.size - bytes.length);
    return bytes.toString('utf8', 0, read);
  } catch {
    return ''; // it shrank while it was read
  } finally {
    closeSync(file);
  }
}
