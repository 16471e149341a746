/** What `weft-hub` was asked on its command line: loopback unless `--host` opens it to a network. */
import { err, ok, type Result } from '../lib/result.ts';

export interface HubArguments {
  readonly host: string;
  /** 0: any free port */
  readonly port: number;
}

export type HubArgumentsError =
  | { readonly type: 'UnknownArgument'; readonly argument: string }
  | { readonly type: 'BadPort'; readonly value: string };

export const LOOPBACK = '127.0.0.1';
export const EVERY_ADDRESS = '0.0.0.0';
export const DEFAULT_PORT = 4173;

/** `--host [ADDRESS]` (all addresses where none is named), `--port PORT`; `PORT` of the environment comes second. */
export const parseHubArguments = (
  args: readonly string[],
  environmentPort: string | undefined,
): Result<HubArguments, HubArgumentsError> => {
  let host = LOOPBACK;
  let portText = environmentPort === undefined || environmentPort === '' ? String(DEFAULT_PORT) : environmentPort;
  for (let i = 0; i < args.length; i++) {
    const [name = '', inline] = split(args[i] ?? '');
    const following = args[i + 1];
    const value = inline ?? (following === undefined || following.startsWith('--') ? undefined : following);
    if (value !== undefined && inline === undefined) i += 1;
    if (name === '--host') host = value ?? EVERY_ADDRESS;
    else if (name === '--port') portText = value ?? '';
    else return err({ type: 'UnknownArgument', argument: name });
  }
  const port = Number(portText);
  if (!/^\d{1,5}$/.test(portText) || port > 65_535) return err({ type: 'BadPort', value: portText });
  return ok({ host, port });
};

const split = (argument: string): readonly [string, string?] => {
  const at = argument.indexOf('=');
  return at < 0 ? [argument] : [argument.slice(0, at), argument.slice(at + 1)];
};
