/** What a client asks for: verb, path, parameters and body. */
package dev.smartdispatcher.e2e.embedded.request;
