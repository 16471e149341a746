/** Gathers a file piece by piece. Now and then the pieces go into a Blob, which browsers keep outside the page's memory. */
const MOST_LOOSE = 4_000_000;

export interface Jar {
  /** bytes so far */
  readonly size: number;
  add(bytes: Uint8Array): void;
  close(): Blob;
}

export const createJar = (): Jar => {
  const full: Blob[] = [];
  let loose: Uint8Array<ArrayBuffer>[] = [];
  let looseSize = 0;
  let size = 0;
  const seal = (): void => {
    full.push(new Blob(loose));
    loose = [];
    looseSize = 0;
  };
  return {
    get size() {
      return size;
    },
    add: (bytes) => {
      loose.push(bytes.slice());
      size += bytes.length;
      looseSize += bytes.length;
      if (looseSize >= MOST_LOOSE) seal();
    },
    close: () => {
      seal();
      return new Blob(full, { type: 'application/octet-stream' });
    },
  };
};
