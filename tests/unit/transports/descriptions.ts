/** Descriptions as browsers wrote them, less nothing. */
const lines = (...all: readonly string[]): string => [...all, ''].join('\r\n');

/** Chromium 156 with the microphone allowed; without, it hides the addresses as Firefox does. */
export const chromiumOffer = lines(
  'v=0',
  'o=- 5401446127946292775 2 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'a=group:BUNDLE 0',
  'a=extmap-allow-mixed',
  'a=msid-semantic: WMS',
  'm=application 59039 UDP/DTLS/SCTP webrtc-datachannel',
  'c=IN IP4 127.0.0.1',
  'a=candidate:1656272109 1 udp 2122194687 127.0.0.1 59039 typ host generation 0 network-id 3 network-cost 50',
  'a=candidate:2249737849 1 udp 2122063615 192.0.2.2 47724 typ host generation 0 network-id 1',
  'a=candidate:1939121765 1 udp 2122267903 ::1 52355 typ host generation 0 network-id 4 network-cost 50',
  'a=candidate:1300137881 1 udp 2122134271 fd00::2 37747 typ host generation 0 network-id 2',
  'a=candidate:2618450041 1 tcp 1518214911 127.0.0.1 9 typ host tcptype active generation 0 network-id 3 network-cost 50',
  'a=candidate:2024968941 1 tcp 1518083839 192.0.2.2 9 typ host tcptype active generation 0 network-id 1',
  'a=ice-ufrag:P/px',
  'a=ice-pwd:ePMDRIZTq8x7aZ4/TEvnhLOf',
  'a=ice-options:trickle',
  'a=fingerprint:sha-256 9E:34:92:98:F5:50:22:8D:65:9E:80:9A:8A:5D:FD:A2:3F:95:36:6D:C7:64:56:3C:0F:E1:7B:9B:59:91:E9:BF',
  'a=setup:actpass',
  'a=mid:0',
  'a=sctp-port:5000',
  'a=max-message-size:262144',
);

/** Firefox ESR 153 */
export const firefoxOffer = lines(
  'v=0',
  'o=mozilla...THIS_IS_SDPARTA-99.0 6424364862373024018 0 IN IP4 0.0.0.0',
  's=-',
  't=0 0',
  'a=fingerprint:sha-256 01:34:92:98:F5:50:22:8D:65:9E:80:9A:8A:5D:FD:A2:3F:95:36:6D:C7:64:56:3C:0F:E1:7B:9B:59:91:E9:BF',
  'a=group:BUNDLE 0',
  'a=ice-options:trickle',
  'a=msid-semantic:WMS *',
  'm=application 53004 UDP/DTLS/SCTP webrtc-datachannel',
  'c=IN IP4 192.168.1.20',
  'a=candidate:0 1 UDP 2122252543 4d8f91a2-6cbe-4c9a-b3ae-0d7c5a3b2f10.local 53004 typ host',
  'a=candidate:2 1 UDP 2122187007 192.168.1.20 36881 typ host',
  'a=candidate:1 1 TCP 2105524479 4d8f91a2-6cbe-4c9a-b3ae-0d7c5a3b2f10.local 9 typ host tcptype active',
  'a=sendrecv',
  'a=end-of-candidates',
  'a=ice-pwd:c1a0b8b8d6f3e6e2f3c5a7d9e1b3f5a7',
  'a=ice-ufrag:9b7c1d2e',
  'a=mid:0',
  'a=setup:actpass',
  'a=sctp-port:5000',
  'a=max-message-size:1073741823',
);
