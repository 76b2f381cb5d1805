/**
 * What a real API server does to objects of one kind before it stores them: defaults, and refusals with its words. Only what
 * a dispatcher can run into is here.
 */
package dev.smartdispatcher.e2e.embedded.rules;
