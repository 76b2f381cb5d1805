/** Who chooses the numbers of a host: the advisor, the formula of the Open Build Service, or an exhaustive search. */
package dev.smartdispatcher.e2e.bench.advise.choice;
