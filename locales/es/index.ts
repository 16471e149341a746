import common from './common.json';
import exchange from './exchange.json';
import first from './first.json';
import people from './people.json';
import talk from './talk.json';
import today from './today.json';

export default { common, exchange, first, people, talk, today };
