import { textLog } from './textlog.ts';

/** Rails::Rack::Logger: `Started GET "/" for 192.0.2.1 at 2023-11-14 22:13:20 +0100`, one a request; the rest tells how it went. */
export const rails = textLog({
  name: 'rails',
  title: 'Rails log',
  about: 'Log of Ruby on Rails; each line "Started …" is a request',
  template: 'Started $method "$path" for $client at $time',
  begins: /Started [A-Z]+ "/,
  roles: { time: ['time'], key: ['client'] },
});
