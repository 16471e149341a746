/** A file that somebody picked: read by slices, and looked at for what it is when it is no bundle. */
import { fromText } from '../../log/invite.ts';
import type { ByteSource } from '../../log/bundle-read.ts';

/** `onread` hears how far it has been read, in bytes. */
export const createSource = (file: Blob, onread: (done: number, total: number) => void): ByteSource => ({
  size: file.size,
  read: async (offset, length) => {
    try {
      const bytes = new Uint8Array(await file.slice(offset, offset + length).arrayBuffer());
      onread(offset + bytes.length, file.size);
      return bytes;
    } catch (error) {
      // the stick was pulled out, or the file changed under us: it ends here
      if (error instanceof DOMException) return new Uint8Array(0);
      throw error;
    }
  },
});

/** What is plainly no bundle. Bundles look like noise, so nothing here is ever said of one. */
export type Otherwise = 'empty' | 'picture' | 'document' | 'archive' | 'invite' | 'request' | 'answer';

export const lookAt = async (file: Blob): Promise<Otherwise | null> => {
  if (file.size === 0) return 'empty';
  const start = new Uint8Array(await file.slice(0, MOST_TEXT).arrayBuffer());
  const found = STARTS.find(([, bytes]) => bytes.every((byte, at) => start[at] === byte));
  if (found) return found[0];
  const text = new TextDecoder().decode(start);
  return KINDS.find((kind) => fromText(kind, text) !== null) ?? null;
};

const KINDS = ['invite', 'request', 'answer'] as const;
const MOST_TEXT = 65_536;

const STARTS: readonly (readonly [Otherwise, readonly number[]])[] = [
  ['picture', [0xff, 0xd8, 0xff]],
  ['picture', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a]],
  ['picture', [0x47, 0x49, 0x46, 0x38]],
  ['document', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['archive', [0x50, 0x4b, 0x03, 0x04]],
  ['archive', [0x1f, 0x8b, 0x08]],
];
