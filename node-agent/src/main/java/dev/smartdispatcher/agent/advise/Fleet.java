package dev.smartdispatcher.agent.advise;

import dev.smartdispatcher.agent.advisor.Advisor;
import dev.smartdispatcher.agent.advisor.Answers;
import dev.smartdispatcher.agent.advisor.Host;
import dev.smartdispatcher.agent.advisor.JobSize;
import dev.smartdispatcher.api.worker.BuildWorker;
import java.util.ArrayList;
import java.util.List;

/**
 * The advice for several workers.
 *
 * @param advice for each worker whose facts are known
 * @param job what the policy's defaults are to be: no more than every worker has
 * @param answers what it was advised by
 * @param remarks a line for each worker about which there is no advice
 */
public record Fleet(List<Named> advice, JobSize job, Answers answers, List<String> remarks) {

    /** By what their agents published. Throws {@link AdviseException} if there is advice for none of them. */
    public static Fleet of(List<BuildWorker> workers, Answers answers) throws AdviseException {
        var advice = new ArrayList<Named>();
        var remarks = new ArrayList<String>();
        for (var worker : workers) {
            var name = worker.getMetadata().getName();
            var facts = worker.getStatus() == null ? null : worker.getStatus().agent();
            try {
                if (facts == null) {
                    remarks.add(name + ": no advice: its agent has published nothing yet");
                } else {
                    advice.add(named(name, Host.of(facts), answers));
                }
            } catch (IllegalArgumentException | ArithmeticException e) {
                remarks.add(name + ": no advice: its facts are wrong: " + e.getMessage());
            }
        }
        if (advice.isEmpty()) {
            throw new AdviseException(String.join("; ", remarks.isEmpty() ? List.of("there are no workers") : remarks));
        }
        return new Fleet(List.copyOf(advice), leastJob(advice), answers, List.copyOf(remarks));
    }

    /** Of a single host, with what could not be found out of it. */
    public static Fleet of(String name, Host host, List<String> problems, Answers answers) {
        var only = named(name, host, answers);
        return new Fleet(List.of(only), only.advice().job(), answers, problems);
    }

    /** With defaults of the policy that fit these workers, too: a policy is one for all. */
    public Fleet forAll(List<BuildWorker> workers) {
        var fitting = job;
        for (var worker : workers) {
            fitting = fitting.least(jobOn(worker));
        }
        return new Fleet(advice, fitting, answers, remarks);
    }

    /** That of the advice where there is none. */
    private JobSize jobOn(BuildWorker worker) {
        var facts = worker.getStatus() == null ? null : worker.getStatus().agent();
        try {
            return facts == null ? job : Advisor.advise(Host.of(facts), answers).job();
        } catch (IllegalArgumentException | ArithmeticException e) {
            return job;
        }
    }

    private static Named named(String name, Host host, Answers answers) {
        return new Named(name, host, Advisor.advise(host, answers));
    }

    private static JobSize leastJob(List<Named> advice) {
        return advice.stream()
                .map(each -> each.advice().job())
                .reduce(JobSize::least)
                .orElseThrow();
    }
}
