package dev.stile.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.memory.InMemoryStore;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Whether the sequences get anywhere. Only `Overtaken` needs two at once.
class SequencesTest {
  private static final int SEQUENCES = 5000;

  private static final Pattern WORDING =
      Pattern.compile("(?s)^(\\w+)\\[.*\\]: (.*?)( (until|since) .*)?$");

  /// A comma that is not within brackets or before `with`.
  private static final Pattern SEPARATOR = Pattern.compile(", (?!with )(?![^\\[]*\\])");

  private static final String ANSWERS =
      """
      Enroll: DONE, GRANT_NEEDED, GRANT_CONSUMED
      Start: started, dropped
      Activate: Activated, GrantNeeded, GrantConsumed
      Activate: wrong 4, wrong 3, wrong 2, wrong 1, wrong 0
      Activate: refused UNKNOWN, refused NOT_READY, refused COMPLETED, refused EXPIRED
      Activate: refused DELAYED, refused EXHAUSTED
      Open: opened, full, no factor
      Resend: resent 2, resent 3, not resent
      Switch: opened, full, no factor, ended
      Verify: approved, already used 4, already used 0
      Verify: wrong 4, wrong 3, wrong 2, wrong 1, wrong 0
      Verify: refused UNKNOWN, refused COMPLETED, refused EXPIRED
      Verify: refused DELAYED, refused DISABLED, refused EXHAUSTED
      Govern: in force
      Ask: asked for aal1, asked for aal2, asked for mfa, asked for three
      Ask: asked, with 1 to follow, asked, with 2 to follow
      Ask: no factor, full, spent, another, not to go on with
      Verify: next, approved aal1 [otp], approved aal2 [otp], approved aal2 [otp, sms]
      Verify: approved aal2 [otp, sms, mfa], approved mfa [otp, mfa], approved mfa [otp, sms, mfa]
      Verify: approved three [otp, sms, mfa]
      Reuse: satisfied, not satisfied
      Spend: none, CONSUMED, USED
      Cancel: canceled, not canceled
      Deliver: claimed, dropped
      Settle: told
      Remove: DONE, GONE, LAST_FACTOR, GRANT_CONSUMED
      Abandon: abandoned, not abandoned
      """;

  @Test
  void reachEveryAnswerThatThereIs() {
    Set<String> answers = new TreeSet<>();
    for (int i = 0; i < SEQUENCES; i++) {
      Run.differs(
          Tested.of(new InMemoryStore().stores()),
          Sequences.of(ModelContract.SEED + i),
          (at, event) -> answers.add(WORDING.matcher(event.get()).replaceFirst("$1: $2")));
    }
    List<String> all =
        ANSWERS
            .lines()
            .flatMap(line -> {
              String[] call = line.split(": ", 2);
              return Stream.of(SEPARATOR.split(call[1])).map(answer -> call[0] + ": " + answer);
            })
            .toList();
    assertThat(answers).containsAll(all);
  }

  @Test
  void areTheSameForTheSameSeed() {
    assertThat(Sequences.of(7)).isEqualTo(Sequences.of(7)).isNotEqualTo(Sequences.of(8));
  }
}
