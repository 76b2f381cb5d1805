/** What commands read: files within bounds, XML without what makes it dangerous, and what is wrong with them. */
package dev.smartdispatcher.cli.input;
