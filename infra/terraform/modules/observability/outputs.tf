output "alarm_names" {
  description = "Names of the alarms."
  value = concat(
    [for alarm in aws_cloudwatch_metric_alarm.dead_letters : alarm.alarm_name],
    [for alarm in aws_cloudwatch_metric_alarm.late : alarm.alarm_name],
    [for alarm in aws_cloudwatch_metric_alarm.deliveries_fail : alarm.alarm_name],
    [for alarm in aws_cloudwatch_metric_alarm.function_errors : alarm.alarm_name],
    [aws_cloudwatch_metric_alarm.verdicts_fail.alarm_name, aws_cloudwatch_metric_alarm.spray.alarm_name],
  )
}
