/** The certificate that the hub serves with: given as two files, made and put there where neither is, or made for this run. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname, networkInterfaces } from 'node:os';
import { err, ok, type Result } from '../lib/result.ts';
import { EVERY_ADDRESS, type HubArguments, LOOPBACK } from './arguments.ts';
import { type Certificate, fingerprintOf, makeCertificate } from './certificate.ts';

export interface Ready extends Certificate {
  readonly fingerprint: string;
  /** made now, and of use beyond this run only where it was put into files */
  readonly isNew: boolean;
}

export type CertificateError =
  | { readonly type: 'OneMissing'; readonly file: string }
  | { readonly type: 'NotAPair' }
  | { readonly type: 'CannotRead' | 'CannotWrite'; readonly code: string };

export const readyCertificate = (
  { host, secure }: Pick<HubArguments, 'host' | 'secure'>,
  now: number,
): Result<Ready, CertificateError> | null => {
  if (secure === null) return null;
  const { files } = secure;
  const make = (): Ready => {
    const made = makeCertificate(hostsOf(host), now);
    return { ...made, fingerprint: fingerprintOf(made), isNew: true };
  };
  if (files === null) return ok(make());
  const [hasCert, hasKey] = [existsSync(files.cert), existsSync(files.key)];
  if (hasCert !== hasKey) return err({ type: 'OneMissing', file: hasCert ? files.key : files.cert });
  return hasCert ? read(files) : write(files, make());
};

type Files = NonNullable<NonNullable<HubArguments['secure']>['files']>;

const read = (files: Files): Result<Ready, CertificateError> => {
  let given: Certificate;
  try {
    given = { cert: readFileSync(files.cert, 'utf8'), key: readFileSync(files.key, 'utf8') };
  } catch (error) {
    return err({ type: 'CannotRead', code: codeOf(error) });
  }
  try {
    return ok({ ...given, fingerprint: fingerprintOf(given), isNew: false });
  } catch {
    return err({ type: 'NotAPair' });
  }
};

const write = (files: Files, made: Ready): Result<Ready, CertificateError> => {
  try {
    // 'wx': never over what is there
    writeFileSync(files.key, made.key, { mode: 0o600, flag: 'wx' });
    writeFileSync(files.cert, made.cert, { flag: 'wx' });
    return ok(made);
  } catch (error) {
    return err({ type: 'CannotWrite', code: codeOf(error) });
  }
};

/** Under what names and addresses browsers may come. */
const hostsOf = (host: string): readonly string[] => {
  const own = hostname().toLowerCase();
  const names = /^[a-z\d-]+$/.test(own) ? [own, `${own}.local`] : [];
  const addresses = Object.values(networkInterfaces())
    .flatMap((each) => each ?? [])
    .filter(({ address }) => !address.includes('%') && !/^fe80/i.test(address))
    .map(({ address }) => address);
  const listening = host === EVERY_ADDRESS || host === '::' ? addresses : [host];
  return [...new Set(['localhost', LOOPBACK, ...names, ...listening])];
};

export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
