package dev.stile.assurance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.stile.challenge.Binding;
import dev.stile.factor.FactorKind;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TransactionTextTest {
  @Test
  void showsEveryMemberWithoutATemplate() {
    var binding = Binding.of(Map.of("to", "Bob", "amount", "250.00 EUR"));
    assertThat(TransactionText.of(action(null, false), binding))
        .isEqualTo("pay (amount: 250.00 EUR, to: Bob)");
  }

  @Test
  void showsTheActionAloneWithoutABinding() {
    assertThat(TransactionText.of(action(null, false), Binding.EMPTY)).isEqualTo("pay");
  }

  @Test
  void fillsTheTemplate() {
    var binding = Binding.of(Map.of("to", "Bob", "amount", "250.00 EUR"));
    assertThat(TransactionText.of(action("Pay {amount} to {to}, {amount}!", false), binding))
        .isEqualTo("Pay 250.00 EUR to Bob, 250.00 EUR!");
    assertThat(TransactionText.of(action("Sign in", false), Binding.EMPTY)).isEqualTo("Sign in");
  }

  @Test
  void takesValuesForTextAndNotForTemplates() {
    var binding = Binding.of(Map.of("a", "{b} $1 ${b}", "b", "x"));
    assertThat(TransactionText.of(action("{a} and {b}", false), binding))
        .isEqualTo("{b} $1 ${b} and x");
  }

  @Test
  void refusesAMemberThatTheTemplateDoesNotShow() {
    var binding = Binding.of(Map.of("amount", "1", "hidden", "2"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TransactionText.of(action("Pay {amount}", false), binding))
        .withMessage("hidden is not shown to the user");
    // A value that names a member does not show it.
    var sly = Binding.of(Map.of("amount", "{hidden}", "hidden", "2"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TransactionText.of(action("Pay {amount}", false), sly));
  }

  @Test
  void refusesAValueThatReadsLikeAFurtherMember() {
    var twoFaced = Binding.of(Map.of("amount", "1 EUR, payee: ACME"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TransactionText.of(action(null, false), twoFaced))
        .withMessage("amount reads like a further member");
  }

  @Test
  void refusesABindingThatLacksAMember() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            TransactionText.of(
                action("Pay {amount} to {to}", false), Binding.of(Map.of("amount", "1"))))
        .withMessage("the binding lacks to");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TransactionText.of(action("Pay {amount}", false), Binding.EMPTY));
  }

  @Test
  void refusesToDoWithoutABindingThatIsRequired() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TransactionText.of(action(null, true), Binding.EMPTY))
        .withMessage("this action needs a binding");
    assertThat(TransactionText.of(action(null, true), Binding.of(Map.of("a", "1"))))
        .isEqualTo("pay (a: 1)");
  }

  @Test
  void refusesWhatIsTooLongForALine() {
    Map<String, String> members = new HashMap<>();
    for (int i = 0; i < 4; i++) {
      members.put("m" + i, "v".repeat(113));
    }
    var fits = Binding.of(members);
    String line = TransactionText.of(action(null, false), fits);
    assertThat(line).hasSize(5 + 4 * (4 + 113) + 3 * 2 + 1).hasSize(480);
    members.put("m0", "v".repeat(114));
    var over = Binding.of(members);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TransactionText.of(action(null, false), over));
  }

  private static Action action(@Nullable String template, boolean bindingRequired) {
    return new Action(
        "pay",
        false,
        null,
        EnumSet.allOf(FactorKind.class),
        new Action.Display(template, bindingRequired),
        Duration.ofMinutes(5));
  }
}
