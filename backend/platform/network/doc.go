// Package network is the door through which the program reaches providers. It hides proxies and
// certificates, the switch that refuses all calls, the pace of each API, when a call is repeated
// and how long that waits, and the record of who was contacted.
//
// A Door makes a Lane for each API; nothing else in the program makes an HTTP client. A Lane has the
// client that a provider's library is given, with that library's own repeating switched off, and Do,
// which runs a call again where that can help. An API that keeps failing is left alone for a minute.
// Nothing is contacted before the first call.
//
// Errors of a lane are finops errors: CodeUnavailable for a network or a provider that does not
// answer, CodeThrottled for one that asked for more patience than there is, CodeDenied for the
// switch, a proxy or a certificate. No address with its query, no header and no body is ever part of one.
package network
