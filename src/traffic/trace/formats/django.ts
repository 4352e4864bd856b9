import { textLog } from './textlog.ts';

/** Django's runserver (django.server of its logging): `[14/Nov/2023 22:13:20] "GET / HTTP/1.1" 200 12`, without a client. */
export const djangoServer = textLog({
  name: 'django-server',
  title: 'Django development server log',
  about: "Requests that Django's runserver printed; they tell no client",
  template: '[$time] "$request" $status $bytes',
  begins: /\[\d\d\/[A-Z][a-z]{2}\/\d{4} \d\d:\d\d:\d\d\] "/,
  roles: { time: ['time'], key: [] },
});
