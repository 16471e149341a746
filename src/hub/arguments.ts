/** What `weft-hub` was asked on its command line: loopback unless `--host` opens it to a network. */
import { err, ok, type Result } from '../lib/result.ts';

export interface HubArguments {
  readonly host: string;
  /** 0: any free port */
  readonly port: number;
  /** null: plain http; without files a certificate is made for this run */
  readonly secure: { readonly files: { readonly cert: string; readonly key: string } | null } | null;
}

export type HubArgumentsError =
  | { readonly type: 'UnknownArgument'; readonly argument: string }
  | { readonly type: 'BadPort'; readonly value: string }
  /** `--cert` and `--key` come together, each with a file */
  | { readonly type: 'HalfACertificate' };

export const LOOPBACK = '127.0.0.1';
export const EVERY_ADDRESS = '0.0.0.0';
export const DEFAULT_PORT = 4173;

/**
 * `--host [ADDRESS]` (all addresses where none is named), `--port PORT`, `--https`, `--cert FILE --key FILE`; `PORT` of
 * the environment comes second.
 */
export const parseHubArguments = (
  args: readonly string[],
  environmentPort: string | undefined,
): Result<HubArguments, HubArgumentsError> => {
  let host = LOOPBACK;
  let portText = environmentPort === undefined || environmentPort === '' ? String(DEFAULT_PORT) : environmentPort;
  let isSecure = false;
  const files = new Map<string, string>();
  for (let i = 0; i < args.length; i++) {
    const [name = '', inline] = split(args[i] ?? '');
    const following = args[i + 1];
    const takesValue = name !== '--https';
    const value =
      inline ?? (!takesValue || following === undefined || following.startsWith('--') ? undefined : following);
    if (value !== undefined && inline === undefined) i += 1;
    if (name === '--host') host = value ?? EVERY_ADDRESS;
    else if (name === '--port') portText = value ?? '';
    else if (name === '--https' && inline === undefined) isSecure = true;
    else if (name === '--cert' || name === '--key') files.set(name, value ?? '');
    else return err({ type: 'UnknownArgument', argument: name });
  }
  const port = Number(portText);
  if (!/^\d{1,5}$/.test(portText) || port > 65_535) return err({ type: 'BadPort', value: portText });
  const [cert, key] = [files.get('--cert'), files.get('--key')];
  if (cert === undefined && key === undefined) return ok({ host, port, secure: isSecure ? { files: null } : null });
  if (!cert || !key) return err({ type: 'HalfACertificate' });
  return ok({ host, port, secure: { files: { cert, key } } });
};

const split = (argument: string): readonly [string, string?] => {
  const at = argument.indexOf('=');
  return at < 0 ? [argument] : [argument.slice(0, at), argument.slice(at + 1)];
};
