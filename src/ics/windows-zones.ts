/**
 * What Windows and Outlook call zones, and where that is (CLDR, territory 001); last, a name of Lotus Notes. All are also
 * tried by their clocks, the better known first.
 */
const TABLE = `W. Europe=Europe/Berlin|Central Europe=Europe/Budapest|Romance=Europe/Paris|Central European=Europe/Warsaw|GMT=Europe/London|Greenwich=Atlantic/Reykjavik|Eastern=America/New_York|Central=America/Chicago|Mountain=America/Denver|Pacific=America/Los_Angeles|Alaskan=America/Anchorage|Hawaiian=Pacific/Honolulu|US Mountain=America/Phoenix|US Eastern=America/Indiana/Indianapolis|Atlantic=America/Halifax|Newfoundland=America/St_Johns|Canada Central=America/Regina|Yukon=America/Whitehorse|Central America=America/Guatemala|Central (Mexico)=America/Mexico_City|Mountain (Mexico)=America/Mazatlan|Pacific (Mexico)=America/Tijuana|Eastern (Mexico)=America/Cancun|Cuba=America/Havana|Haiti=America/Port-au-Prince|SA Pacific=America/Bogota|SA Western=America/La_Paz|SA Eastern=America/Cayenne|Venezuela=America/Caracas|Paraguay=America/Asuncion|Central Brazilian=America/Cuiaba|E. South America=America/Sao_Paulo|Bahia=America/Bahia|Tocantins=America/Araguaina|Argentina=America/Buenos_Aires|Montevideo=America/Montevideo|Pacific SA=America/Santiago|Magallanes=America/Punta_Arenas|Greenland=America/Nuuk|Saint Pierre=America/Miquelon|Turks And Caicos=America/Grand_Turk|Easter Island=Pacific/Easter|Azores=Atlantic/Azores|Cape Verde=Atlantic/Cape_Verde|Sao Tome=Africa/Sao_Tome|Morocco=Africa/Casablanca|W. Central Africa=Africa/Lagos|South Africa=Africa/Johannesburg|Namibia=Africa/Windhoek|Egypt=Africa/Cairo|Libya=Africa/Tripoli|Sudan=Africa/Khartoum|South Sudan=Africa/Juba|E. Africa=Africa/Nairobi|Mauritius=Indian/Mauritius|FLE=Europe/Kiev|GTB=Europe/Bucharest|E. Europe=Europe/Chisinau|Kaliningrad=Europe/Kaliningrad|Belarus=Europe/Minsk|Russian=Europe/Moscow|Russia Time Zone 3=Europe/Samara|Astrakhan=Europe/Astrakhan|Saratov=Europe/Saratov|Volgograd=Europe/Volgograd|Turkey=Europe/Istanbul|Middle East=Asia/Beirut|Syria=Asia/Damascus|Jordan=Asia/Amman|West Bank=Asia/Hebron|Israel=Asia/Jerusalem|Arab=Asia/Riyadh|Arabic=Asia/Baghdad|Arabian=Asia/Dubai|Iran=Asia/Tehran|Caucasus=Asia/Yerevan|Azerbaijan=Asia/Baku|Georgian=Asia/Tbilisi|Afghanistan=Asia/Kabul|West Asia=Asia/Tashkent|Pakistan=Asia/Karachi|Qyzylorda=Asia/Qyzylorda|Central Asia=Asia/Almaty|Ekaterinburg=Asia/Yekaterinburg|India=Asia/Calcutta|Sri Lanka=Asia/Colombo|Nepal=Asia/Katmandu|Bangladesh=Asia/Dhaka|Omsk=Asia/Omsk|N. Central Asia=Asia/Novosibirsk|Altai=Asia/Barnaul|W. Mongolia=Asia/Hovd|Tomsk=Asia/Tomsk|Myanmar=Asia/Rangoon|SE Asia=Asia/Bangkok|North Asia=Asia/Krasnoyarsk|China=Asia/Shanghai|Singapore=Asia/Singapore|Taipei=Asia/Taipei|North Asia East=Asia/Irkutsk|Ulaanbaatar=Asia/Ulaanbaatar|W. Australia=Australia/Perth|Aus Central W.=Australia/Eucla|Tokyo=Asia/Tokyo|Korea=Asia/Seoul|North Korea=Asia/Pyongyang|Yakutsk=Asia/Yakutsk|Transbaikal=Asia/Chita|AUS Central=Australia/Darwin|Cen. Australia=Australia/Adelaide|AUS Eastern=Australia/Sydney|E. Australia=Australia/Brisbane|Tasmania=Australia/Hobart|Lord Howe=Australia/Lord_Howe|West Pacific=Pacific/Port_Moresby|Vladivostok=Asia/Vladivostok|Russia Time Zone 10=Asia/Srednekolymsk|Russia Time Zone 11=Asia/Kamchatka|Magadan=Asia/Magadan|Sakhalin=Asia/Sakhalin|Bougainville=Pacific/Bougainville|Norfolk=Pacific/Norfolk|Central Pacific=Pacific/Guadalcanal|New Zealand=Pacific/Auckland|Fiji=Pacific/Fiji|Chatham Islands=Pacific/Chatham|Tonga=Pacific/Tongatapu|Samoa=Pacific/Apia|Line Islands=Pacific/Kiritimati|Marquesas=Pacific/Marquesas|Aleutian=America/Adak|Western/Central Europe=Europe/Berlin`;

const zones: ReadonlyMap<string, string> = new Map(
  TABLE.split('|').map((entry): [string, string] => {
    const [name = '', zone = ''] = entry.split('=');
    return [name.toLowerCase(), zone];
  }),
);

/** Of `W. Europe Standard Time`, `Eastern Daylight Time`, `Eastern Standard Time 1`. */
export const zoneOfWindows = (name: string): string | undefined =>
  zones.get(
    name
      .trim()
      .toLowerCase()
      .replace(/ (standard|daylight|summer)? ?time( \d+)?$/, ''),
  );

/** In an order in which the better known come first. */
export const KNOWN_ZONES: readonly string[] = [...zones.values()];
