/** Files that came from outside and wait here: what this device keeps of them, and the same with nothing kept. */
export interface WaitingAbout {
  /** opaque: the space that it is known to be for; null: not looked at yet */
  readonly space: string | null;
  /** 'merging': the person said so, and it did not end; 'kept': until other files come */
  readonly state: 'new' | 'merging' | 'kept';
}

export interface WaitingFile extends WaitingAbout {
  readonly id: number;
  readonly file: File;
}

export interface WaitingFiles {
  add(files: readonly File[], about: WaitingAbout): Promise<readonly number[]>;
  list(): Promise<readonly WaitingFile[]>;
  change(ids: readonly number[], about: WaitingAbout): Promise<void>;
  remove(ids: readonly number[]): Promise<void>;
}

/** Larger ones are not copied: the person still has them, and the device may have no room for them twice. */
export const KEPT_MOST = 200_000_000;

/** Where nothing can be kept, a file is opened all the same. */
export const orNothing = async <T>(work: Promise<T>, nothing: T): Promise<T> => {
  try {
    return await work;
  } catch (error) {
    // full, private, or switched off
    if (error instanceof DOMException) return nothing;
    throw error;
  }
};
