/**
 * `node dist/hub/main.js [--host [ADDRESS]] [--port PORT] [--https] [--cert FILE --key FILE]`: serves the app built
 * beside it, signaling and the relay, until it is told to stop.
 */
import { fileURLToPath } from 'node:url';
import { type HubArgumentsError, parseHubArguments } from './arguments.ts';
import { type CertificateError, codeOf, readyCertificate } from './certificate-files.ts';
import { startHub } from './server.ts';

const main = async (): Promise<number> => {
  const parsed = parseHubArguments(process.argv.slice(2), process.env['PORT']);
  if (!parsed.ok) {
    console.error(sentence(parsed.error));
    return 2;
  }
  const { host, port } = parsed.value;
  const certificate = readyCertificate(parsed.value, Date.now());
  if (certificate?.ok === false) {
    console.error(certificateSentence(certificate.error));
    return 2;
  }
  try {
    const hub = await startHub({
      root: fileURLToPath(new URL('../app', import.meta.url)),
      host,
      port,
      ...(certificate === null ? {} : { certificate: certificate.value }),
    });
    // before the address, so that whoever waits for that has seen it
    if (certificate !== null) console.log(`Certificate: ${certificate.value.fingerprint}`);
    console.log(`Weft: ${hub.url}`);
    const stopped = new Promise<void>((resolve) => {
      process.once('SIGINT', resolve);
      process.once('SIGTERM', resolve);
    });
    await stopped;
    await hub.close();
    return 0;
  } catch (error) {
    console.error(`The hub cannot listen on ${host}, port ${port}: ${codeOf(error)}`);
    return 1;
  }
};

const KNOWN = '--host [ADDRESS], --port PORT, --https, --cert FILE and --key FILE';

const sentence = (error: HubArgumentsError): string => {
  switch (error.type) {
    case 'BadPort':
      return `Not a port: ${error.value}`;
    case 'HalfACertificate':
      return 'A certificate is two files: --cert FILE --key FILE.';
    case 'UnknownArgument':
      return `Unknown argument: ${error.argument}. Known are ${KNOWN}.`;
  }
};

const certificateSentence = (error: CertificateError): string => {
  switch (error.type) {
    case 'OneMissing':
      return `There is no ${error.file}. Where neither file is there, the hub makes both.`;
    case 'NotAPair':
      return 'The two files are no certificate and its key, as PEM without a passphrase.';
    case 'CannotRead':
      return `The certificate cannot be read: ${error.code}`;
    case 'CannotWrite':
      return `The certificate that was made cannot be written: ${error.code}`;
  }
};

process.exitCode = await main();
