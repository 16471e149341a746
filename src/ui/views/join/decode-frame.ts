/** Reads a QR code from a picture: by the browser where it can, else by the `qr` package, fetched when it is needed. */
export type DecodeFrame = (canvas: HTMLCanvasElement) => Promise<string | undefined>;

interface Detector {
  detect(source: CanvasImageSource): Promise<readonly { readonly rawValue: string }[]>;
}
interface DetectorClass {
  new (options: { formats: string[] }): Detector;
  getSupportedFormats(): Promise<string[]>;
}
declare global {
  // not in all browsers, so not in the types either
  var BarcodeDetector: DetectorClass | undefined;
}

export const prepareDecoding = async (): Promise<DecodeFrame> => {
  const Native = globalThis.BarcodeDetector;
  if (Native && (await Native.getSupportedFormats()).includes('qr_code')) {
    const detector = new Native({ formats: ['qr_code'] });
    return async (canvas) => (await detector.detect(canvas))[0]?.rawValue;
  }
  const { decodeQR } = await import('qr/decode.js');
  return async (canvas) => {
    const picture = canvas.getContext('2d', { willReadFrequently: true });
    if (!picture) return undefined;
    try {
      return decodeQR(picture.getImageData(0, 0, canvas.width, canvas.height));
    } catch {
      return undefined; // no code in this picture: the next one comes soon
    }
  };
};
