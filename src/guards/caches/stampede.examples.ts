import { edited, exampleOf } from '../code/example-of.ts';
import type { Example } from '../guard.ts';

const go = `package rates

func (s *Server) Rate(key string) (any, error) {
	value, err, _ := s.group.Do(key, func() (any, error) {
		return s.load(key)
	})
	return value, err
}
`;
const script = {
  path: 'src/rates.ts',
  text: 'export async function keep(id: string, rate: Rate) {\n  await cache.set(id, rate, { ttl: 300 + Math.random() * 60 });\n}\n',
};
const java = {
  path: 'src/main/java/Rates.java',
  text: 'class Rates {\n  @Cacheable(value = "rates", sync = true)\n  Rate rate(String id) {\n    return load(id);\n  }\n}\n',
};
const ruby = {
  path: 'app/models/rate.rb',
  text: 'def rate(id)\n  Rails.cache.fetch(id, expires_in: 60, race_condition_ttl: 10) { load(id) }\nend\n',
};

/** Caches that let everybody in at once. */
export const caught: readonly Example[] = [
  exampleOf('singleflight goes', 'rates/rates.go', [
    go,
    'package rates\n\nfunc (s *Server) Rate(key string) (any, error) {\n\treturn s.load(key)\n}\n',
  ]),
  edited('the jitter of a ttl goes', { ...script, from: ' + Math.random() * 60', to: '' }),
  edited('sync goes from a cacheable method', { ...java, from: ', sync = true', to: '' }),
  edited('the race condition ttl goes', { ...ruby, from: ', race_condition_ttl: 10', to: '' }),
];

/** Caches that still let one in at a time. */
export const passed: readonly Example[] = [
  edited('another jitter', { ...script, from: '300 + Math.random() * 60', to: '300 + jitter(60)' }),
  edited('a plain number changes', { ...script, from: '* 60', to: '* 30' }),
  edited('another name of the group', {
    path: 'rates/rates.go',
    text: go,
    from: 's.group.Do',
    to: 's.flight.Do',
  }),
  edited('a random number elsewhere', {
    path: 'src/id.ts',
    text: 'export const id = () => Date.now() + Math.random() * 60;\n',
    from: ' + Math.random() * 60',
    to: '',
  }),
  edited('a test', { ...script, path: 'src/rates.test.ts', from: ' + Math.random() * 60', to: '' }),
];
